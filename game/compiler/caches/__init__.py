"""What is kept between two starts, to be made anew wherever there is a doubt."""
